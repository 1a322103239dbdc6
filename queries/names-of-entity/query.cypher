MATCH (e:Method|Dataset|Metric|Task)
WHERE e.id = $entity
RETURN e.id AS entity, e.name AS name, e.aliases AS aliases
