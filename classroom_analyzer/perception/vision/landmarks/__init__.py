"""What 478 points on a face say: head direction, eyes, gaze and mouth, from the face landmark pack."""
