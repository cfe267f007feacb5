//! A walk home: asked, seen, offered, accepted, met by mutual proof, home.
