MATCH (:Task {id: $task})<-[:ADDRESSES]-(p:Paper)-[:PROPOSES|USES_METHOD]->(e:Method)
RETURN e.id AS method, e.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, method
LIMIT $limit
