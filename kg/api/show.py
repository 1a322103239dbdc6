"""One thing of the graph with what is known of it: a paper, a claim, or an entity."""

from __future__ import annotations

from dataclasses import dataclass

from kg.api.graph import Graph
from kg.catalog import CatalogEntity
from kg.errors import NotFoundError
from kg.model import Claim, Record


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the paper that makes it."""

    record: Record
    claim: Claim

    @property
    def sentence(self) -> tuple[str, int, int]:
        """The sentence of the claim, and where the quote stands in it."""
        evidence = self.claim.evidence
        text = self.record.paper.text_of(evidence.field)
        start = evidence.sentence_start
        return text[start : evidence.sentence_end], evidence.start - start, evidence.end - start


def show(graph: Graph, what: str) -> Record | ClaimView | CatalogEntity:
    """Find by id, by a paper's title or by an entity's name. Raises `NotFoundError` with suggestions."""
    if what.startswith("claim/"):
        return find_claim(graph, what)
    record = graph.catalog.record(what)
    if record is not None:
        return record
    entity = graph.catalog.entity(what)
    if entity is not None:
        return entity
    hits = graph.catalog.find(what)
    if hits:
        return graph.entity(hits[0].id)
    papers = graph.catalog.papers(what)
    if papers and papers[0].likeness == 100:
        return graph.record(papers[0].id)
    similar = [*graph.similar(what), *(f"{hit.id} ({hit.title})" for hit in papers[:2])]
    raise NotFoundError(f"nothing is called {what!r}", suggestions=similar[:4])


def find_claim(graph: Graph, claim_id: str) -> ClaimView:
    """A claim by its id ("claim/…"). Raises `NotFoundError`."""
    paper = graph.catalog.paper_of_claim(claim_id)
    record = None if paper is None else graph.catalog.record(paper)
    if record is None:
        raise NotFoundError(f"no claim {claim_id!r}; ids of claims stand in the column `claim` of answers")
    return ClaimView(record, next(claim for claim in record.claims if claim.id == claim_id))
