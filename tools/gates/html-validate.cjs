// What html-validate asks of every page of the report (tests/gates/test_html.py).
module.exports = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // The sanitiser writes <img/>, which is read like <img>.
    "void-style": "off",
    // Ids may begin with any letter or sign but a space: parts of a page have "_" before their names.
    "valid-id": ["error", { relaxed: true }],
    // A title is a finding, and may be a sentence.
    "long-title": ["error", { maxlength: 160 }],
    // A box that scrolls sideways is a region to the keyboard and no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};
