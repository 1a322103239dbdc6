MATCH (:Task {id: $task})<-[:ADDRESSES]-(p:Paper)-[:EVALUATES_ON|INTRODUCES|REPORTS_ON]->(e:Dataset)
RETURN e.id AS dataset, e.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, dataset
LIMIT $limit
