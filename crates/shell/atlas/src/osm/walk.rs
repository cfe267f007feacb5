//! What of the map is walkable, handed to the street graph.
