MATCH (:Dataset {id: $dataset})<-[:ON_DATASET]-(c:Claim)-[:OF_METHOD]->(m:Method)
MATCH (p:Paper)-[:REPORTS]->(c)
RETURN m.id AS method, m.name AS name, count(DISTINCT p.id) AS papers, count(DISTINCT c.id) AS claims
ORDER BY papers DESC, claims DESC, method
