"""Prints what your clock says about the talk: python look.py path/to/talk.json"""

import json
import sys

import clock


def shown(seconds):
    return f"{seconds // 60:2}:{seconds % 60:02}"


def main(path):
    with open(path, encoding="utf-8") as file:
        talk = json.load(file)
    print(f"over {shown(talk['slot'])}: {clock.overrun(talk):.0%}; if sections were independent {clock.independent(talk):.0%}")
    cut = clock.best_cut(talk)
    print("leave out:", cut)
    for name, seconds in clock.marks(talk, cut=cut or ()):
        print(f"{shown(seconds)} {name}")
    for elapsed in (560, 600, 640, 680, 720):
        print(f"at {shown(elapsed)} after graph, leave out:", clock.live(talk, "graph", elapsed))


if __name__ == "__main__":
    main(sys.argv[1])
