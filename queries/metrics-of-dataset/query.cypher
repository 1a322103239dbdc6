MATCH (:Dataset {id: $dataset})<-[:ON_DATASET]-(c:Claim)-[:MEASURES]->(x:Metric)
MATCH (p:Paper)-[:REPORTS]->(c)
RETURN x.id AS metric, x.name AS name, x.direction AS direction, c.unit AS unit, c.kind AS kind,
       count(DISTINCT p.id) AS papers, count(DISTINCT c.id) AS claims, min(c.value) AS lowest, max(c.value) AS highest
ORDER BY papers DESC, claims DESC, metric, unit, kind
