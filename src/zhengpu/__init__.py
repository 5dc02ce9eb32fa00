"""政谱 zhengpu: Chinese official reports as a knowledge graph."""
