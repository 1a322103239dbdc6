MATCH (a)-[:BROADER]->(b)
WHERE a.id = $entity OR b.id = $entity
RETURN CASE WHEN a.id = $entity THEN 'broader' ELSE 'narrower' END AS relation,
       CASE WHEN a.id = $entity THEN b.id ELSE a.id END AS entity,
       CASE WHEN a.id = $entity THEN b.name ELSE a.name END AS name
ORDER BY relation, entity
