"""Items: what a question is, and one file for each kind; `kinds` names them."""
