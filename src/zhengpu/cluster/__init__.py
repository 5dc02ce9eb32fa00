"""Large collections on Apache Spark: the same pieces, the same shards.

files ─binaryFile▶ batches ─mapInArrow▶ pieces ─by share▶ ─mapInArrow▶ shards
"""
