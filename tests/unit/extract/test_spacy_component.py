"""The extraction inside spaCy pipelines."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.pipeline import ExtractionPipeline
from kg.extract.spacy_component import PaperTokenizer
from kg.model import Paper, SourceRef

TITLE = "Zorba-Net: Dancing Networks for Image Classification"
ABSTRACT = (
    "We propose Zorba-Net, a network that dances, cf. Fig. 3. On CIFAR-10 it reaches an accuracy of 98.2%, "
    "and is 2.3x faster than ResNet-50."
)


@pytest.fixture(scope="module", params=["own tokens", "spaCy's tokens"])
def nlp(request: pytest.FixtureRequest) -> Language:
    made = spacy.blank("en")
    if request.param == "own tokens":
        made.tokenizer = PaperTokenizer(made.vocab)
    made.add_pipe("kg_paper", config={"title": True})
    return made


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(f"{TITLE}\n{ABSTRACT}")


def test_component_finds_what_the_pipeline_finds(doc: Doc) -> None:
    record = ExtractionPipeline.load().read(Paper("doc:0", TITLE, ABSTRACT, SourceRef("text", "doc", 0)))
    assert {ent.ent_id_ for ent in doc.ents} == {entity.id for entity in record.entities}
    assert doc._.claims == record.to_dict()["claims"]


def test_component_labels_entities(doc: Doc) -> None:
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("Zorba-Net", "METHOD"), ("CIFAR-10", "DATASET")} <= found


def test_component_keeps_quotes_as_spans(doc: Doc) -> None:
    spans = doc.spans["claims"]
    assert all(claim["evidence"]["quote"] in span.text for claim, span in zip(doc._.claims, spans, strict=True))
    assert [(span.text, span.label_) for span in spans if "98" in span.text] == [("98.2%", "ABSOLUTE")]


def test_component_sets_sentences(doc: Doc) -> None:
    assert [sent.text.split()[0] for sent in doc.sents] == ["Zorba-Net:", "We", "On"]


def test_document_is_written_and_read_back(nlp: Language, doc: Doc) -> None:
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.claims == doc._.claims


def test_own_tokens_cover_the_text() -> None:
    text = "A \\textbf{Name}-based  way\n\nto 3.5x."
    assert PaperTokenizer(spacy.blank("en").vocab)(text).text == text


def test_text_without_title_is_an_abstract() -> None:
    made = spacy.blank("en")
    made.add_pipe("kg_paper")
    assert "CIFAR-10" in [ent.text for ent in made(ABSTRACT).ents]
