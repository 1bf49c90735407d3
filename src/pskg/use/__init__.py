"""What users do with a graph: validate, ask, trace, compare, and take it elsewhere."""
