"""Items (questions): the base class and one module for each kind; `kinds` lists them."""
