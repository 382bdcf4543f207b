"""How each thing of the directory moves from one state to the next, one file per subject."""
