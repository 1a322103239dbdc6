"""Documents as spaCy has them."""

import spacy

from kg.extract.reader import read_document
from kg.extract.spacy_doc import to_doc
from kg.model import Entity, EntityType, Mention, Paper, SourceRef


def test_doc_has_text_and_entities() -> None:
    document = read_document(Paper("x:1", "On Zorba", "Zorba-Net wins on CIFAR-10.", SourceRef("text", "x", 0)))
    zorba = Entity(
        EntityType.METHOD, "method/zorba-net", "Zorba-Net", ("Zorba-Net",), (Mention("abstract", 0, 9),), 0.9
    )
    cifar = Entity(
        EntityType.DATASET, "dataset/cifar-10", "CIFAR-10", ("CIFAR-10",), (Mention("abstract", 18, 26),), 0.9
    )
    document.entities = [zorba, cifar]
    doc = to_doc(document, spacy.blank("en").vocab)
    assert doc.text == document.text
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Zorba-Net", "METHOD"), ("CIFAR-10", "DATASET")]
