"""Tables of this room: rules of planning, each with its source and tag."""
