// The SPARQL editor in place of the plain field, with the terms of this graph to complete from.
"use strict";
(() => {
  const area = document.querySelector("textarea[name=q]");
  const form = area.form;
  const place = document.createElement("div");
  place.className = "editor";
  area.before(place);

  const known = fetch(area.dataset.terms).then((answer) => answer.json());
  const word = (token) => token.string && !/^[?$"'<]/.test(token.string);
  const complete = {
    name: "graph-terms",
    bulk: true,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => word(yasqe.getCompleteToken()),
    get: () => known.then((found) => found.terms),
  };
  Yasqe.registerAutocompleter(complete, true);
  Yasqe.defaults.autocompleters = ["variables", "graph-terms"];
  Yasqe.defaults.createShareableLink = null;
  const yasqe = new Yasqe(place, {
    value: area.value,
    persistenceId: null,
    resizeable: false,
    showQueryButton: false,
    editorHeight: "20rem",
    lineWrapping: true,
  });
  yasqe.getInputField().setAttribute("aria-label", "SPARQL query");

  // The server knows these prefixes without a word; the editor, and other servers, want them declared.
  async function declare() {
    const { prefixes } = await known;
    const declared = yasqe.getPrefixesFromQuery();
    const text = yasqe.getValue().replace(/<[^<>\s]*>|"[^"\n]*"|#.*$/gm, "");
    for (const [name, iri] of Object.entries(prefixes)) {
      if (!(name in declared) && new RegExp(`(^|[^\\w?$:-])${name}:`).test(text)) yasqe.addPrefixes({ [name]: iri });
    }
  }
  let waiting = 0;
  yasqe.on("change", () => { clearTimeout(waiting); waiting = setTimeout(() => { if (shown === "sparql") declare(); }, 700); });

  const language = () => form.elements.lang.value;
  let shown = language();
  const show = () => {
    const sparql = language() === "sparql";
    if (shown === "sparql" && !sparql) area.value = yasqe.getValue();
    if (shown !== "sparql" && sparql) yasqe.setValue(area.value);
    shown = language();
    place.hidden = !sparql;
    area.hidden = sparql;
    if (sparql) yasqe.refresh();
  };
  for (const choice of form.elements.lang) choice.addEventListener("change", show);
  form.addEventListener("submit", () => { if (shown === "sparql") area.value = yasqe.getValue(); });
  yasqe.addKeyMap({ "Ctrl-Enter": () => form.requestSubmit(), "Cmd-Enter": () => form.requestSubmit() });
  show();
  if (shown === "sparql") declare();
})();
