MATCH (p:Paper)
WHERE p.published >= $since
OPTIONAL MATCH (p)-[:PROPOSES|INTRODUCES]->(e:Method|Dataset)
WITH p, collect(DISTINCT e.name) AS presents
OPTIONAL MATCH (p)-[:REPORTS]->(c:Claim)
WITH p, presents, count(DISTINCT c.id) AS claims
RETURN p.id AS paper, p.title AS title, p.published AS published, presents, claims
ORDER BY published, paper
LIMIT $limit
