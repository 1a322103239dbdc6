"""Clients that others wrote, against the server."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

QUERY = "SELECT ?name WHERE { ?d a kg:Dataset ; skos:prefLabel ?name } ORDER BY ?name"
PREFIXES = (
    "PREFIX kg: <https://w3id.org/paperkg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX dcterms: <http://purl.org/dc/terms/> "
)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_selects(url: str, form: str, method: str) -> None:
    SPARQLWrapper = pytest.importorskip("SPARQLWrapper").SPARQLWrapper
    wrapper = SPARQLWrapper(f"{url}/sparql", returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(PREFIXES + QUERY)
    answer = wrapper.query().convert()
    text = answer.toxml() if form == "xml" else json.dumps(answer) if form == "json" else answer.decode()
    assert "CIFAR-10" in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper still uses it
@pytest.mark.parametrize("form", ["turtle", "n3", "xml", "json-ld"])
def test_sparqlwrapper_constructs(url: str, form: str) -> None:
    SPARQLWrapper = pytest.importorskip("SPARQLWrapper").SPARQLWrapper
    wrapper = SPARQLWrapper(f"{url}/sparql", returnFormat=form)
    wrapper.setQuery(PREFIXES + "CONSTRUCT { ?d skos:prefLabel ?n } WHERE { ?d a kg:Dataset ; skos:prefLabel ?n }")
    answer = wrapper.query().convert()
    text = answer.serialize(format="turtle") if hasattr(answer, "serialize") else answer.decode()
    assert "CIFAR-10" in text


def test_rdflib_reads_as_a_store(url: str) -> None:
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(f"{url}/sparql"))
    dataset = URIRef("https://w3id.org/paperkg/id/dataset/cifar-10")
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert str(graph.value(dataset, label)) == "CIFAR-10"
    assert len(list(graph.triples((dataset, None, None)))) > 3
    assert [str(name) for (name,) in graph.query(PREFIXES + QUERY)].count("CIFAR-10") == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_queries_and_compresses(url: str) -> None:
    command = ["curl", "-sS", "--fail", "--compressed", "-H", "Accept: text/csv", f"{url}/sparql"]
    done = subprocess.run([*command, "--data-urlencode", f"query={QUERY}"], capture_output=True, text=True, check=True)
    assert "CIFAR-10" in done.stdout.splitlines()
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", f"{url}/sparql"]
    refused = subprocess.run(
        [*command, "-H", "Content-Type: application/sparql-update", "-d", "CLEAR ALL"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert refused.stdout == "403"
