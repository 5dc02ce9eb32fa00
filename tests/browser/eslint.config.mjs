// For the explorer's scripts, joined as they are in the page; see README.md.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2022,
      globals: { ...globals.browser, vis: "readonly" },
    },
  },
];
