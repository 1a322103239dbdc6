MATCH (p:Paper)
WHERE $author IN p.authors
RETURN p.id AS paper, p.title AS title, p.published AS published, p.authors AS authors
ORDER BY coalesce(p.published, '') DESC, p.id
