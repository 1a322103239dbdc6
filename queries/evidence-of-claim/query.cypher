MATCH (c:Claim {id: $claim})-[:SUPPORTED_BY]->(e:Evidence)
MATCH (p:Paper)-[:REPORTS]->(c)
RETURN c.id AS claim, p.id AS paper, p.title AS title, e.field AS field, e.startOffset AS start_offset,
       e.endOffset AS end_offset, e.quote AS quote, e.sentence AS sentence, c.confidence AS confidence, p.url AS url
ORDER BY paper, field, start_offset
