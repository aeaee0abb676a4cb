"""From pictures to seats: faces, head direction, movement, and what each second amounts to."""
