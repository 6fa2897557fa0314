"""What patients agreed to have published: words, what they rated, how they are shown, how close they stand."""

PUBLISHED = (
    ("They remembered my dog’s name after half a year. I felt like a person, not a slot.", 10, "first_name", "none"),
    ("Honest. I was told what is not worth doing, and spent less than I had planned.", 9, "initials", "none"),
    ("Lovely people, but the waiting room is cold in winter and I had to wait twice.", 6, "anonymous", "none"),
    ("A card came by mail, written by hand. Nobody writes by hand any more.", 10, "first_name", "none"),
    ("I work at the front desk and come here myself. That should say enough.", 10, "first_name", "staff"),
    ("Good, though not cheap. I would like evening hours.", 7, "initials", "none"),
    ("Two weeks of calls until somebody explained my bill. The manager then made it right.", 4, "anonymous", "none"),
    ("The nurse next to Mrs. Hale was rude to her.", 3, "first_name", "none"),
    ("Calm, clear, on time.", 9, "first_name", "none"),
    ("My sister sent me, and now I send my friends.", 10, "initials", "none"),
)
# Which of them names somebody, so that it is down; and how many still wait.
NAMES_SOMEBODY = 7
WAITING = 2
