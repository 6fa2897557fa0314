"""What the network asks vendors for."""
