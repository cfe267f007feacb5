//! Registers of what stands in the street: lamps, cameras, bells, stations.
