MATCH (:Task {id: $task})<-[:ADDRESSES]-(p:Paper)
OPTIONAL MATCH (p)-[:REPORTS]->(c:Claim)
WITH p, count(DISTINCT c.id) AS claims
RETURN p.id AS paper, p.title AS title, p.published AS published, claims
ORDER BY coalesce(p.published, '') DESC, p.id
LIMIT $limit
