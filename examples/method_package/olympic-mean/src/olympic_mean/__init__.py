"""A method of aggregation for itakit."""
