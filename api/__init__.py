"""The face for partners' programs: tokens at the network's host, resources at each practice's."""
