MATCH (a:Method {id: $method})<-[:OF_METHOD|AGAINST_BASELINE]-(c:Claim)-[:OF_METHOD|AGAINST_BASELINE]->(m:Method)
WHERE m.id <> $method
WITH DISTINCT c, m
MATCH (p:Paper)-[:REPORTS]->(c)
OPTIONAL MATCH (c)-[:OF_METHOD]->(o:Method {id: $method})
WITH m, p, c, o
RETURN m.id AS method, m.name AS name, count(DISTINCT p.id) AS papers,
       count(DISTINCT CASE WHEN o.id IS NULL THEN c.id END) AS over_it,
       count(DISTINCT CASE WHEN o.id IS NOT NULL THEN c.id END) AS under_it
ORDER BY papers DESC, over_it DESC, under_it DESC, method
