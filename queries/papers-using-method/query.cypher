MATCH (:Method {id: $method})<-[r:PROPOSES|USES_METHOD]-(p:Paper)
RETURN p.id AS paper, p.title AS title, p.published AS published,
       CASE WHEN EXISTS { MATCH (p)-[:PROPOSES]->(:Method {id: $method}) } THEN 'proposes' ELSE 'uses' END AS role
ORDER BY coalesce(p.published, '') DESC, p.id, role
