"""What happened here, told to a partner's program at an address of its own: signed, tried for two days, ids only.

An app of its own in every practice's schema. Both faces use it: the owner's page and the program itself by the API.

 - `event_types`: what can be told, and which scope it needs.
 - `queue`: an event of the outbox becomes a delivery for every address that asked for it.
 - `serve`: one worker at a time tells an address what waits for it; `outgoing` asks before each whether it may,
   `post` goes to the address that was checked, `settle` writes down what came of it.
"""
