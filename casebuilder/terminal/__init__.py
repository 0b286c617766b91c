"""Commands of the terminal by what they are about; `casebuilder/__main__.py` is the door that offers them."""
