"""Template of a simulation; text in capitals is to be replaced."""

SIMULATION = """\
gauges:
  - {id: cash, name: cash, start: 400, known: true, unit: $k, least: 0, most: 1000, meaning: WHAT IS IN THE BANK.}
  - {id: product, name: product, start: 30, meaning: WHAT IT MEASURES.}
  - {id: debt, name: technical debt, start: 40, better: low, meaning: WHAT IT MEASURES.}
values:
  people: 5
every_period:
  allocate:
    - id: weeks
      name: engineer-weeks
      amount: 10 * people
      step: 5
      unit: weeks
      all: true
      uses:
        - {id: features, name: features, meaning: WHAT IT BRINGS.}
        - {id: repair, name: repair, meaning: WHAT IT BRINGS.}
  effects:
    cash: -30 * people
    product: weeks_features * (1 - debt / 200)
    debt: weeks_features / 5 - weeks_repair / 2
  events:
    - id: outage
      title: SOMETHING THAT MAY HAPPEN
      p: debt / 200
      effects: {cash: -60}
      sets: [down]
      text: |
        WHAT HAPPENS.
periods:
  - id: first
    title: THE FIRST PERIOD
    text: |
      THE SITUATION.
  - id: second
    title: THE SECOND PERIOD
    text: |
      WHAT HAS CHANGED.
    decisions:
      - id: question
        title: WHAT IS TO BE DECIDED
        text: |
          WHAT IS ASKED.
        choices:
          - id: one
            text: ONE WAY
            effects: {product: 5}
            result: |
              WHAT HAPPENS.
            aside: WHAT THIS TRADES.
          - id: other
            text: ANOTHER WAY
            effects: {debt: -10}
            result: |
              WHAT HAPPENS.
            aside: WHAT THIS TRADES.
over: cash <= 0
endings:
  - id: broke
    title: AN ENDING THAT NOBODY WANTS
    when: cash <= 20
    text: |
      HOW IT ENDED.
  - id: built
    title: A GOOD ENDING
    when: product >= 80
    text: |
      HOW IT ENDED.
    good: true
  - id: sound
    title: ANOTHER GOOD ENDING
    text: |
      HOW IT ENDED.
    good: true
debrief: |
  WHAT WAS TRADED FOR WHAT.
"""
