// The SPARQL editor in place of the plain field, with the terms of this graph to complete from.
"use strict";
(() => {
  const area = document.querySelector("textarea[name=q]");
  const form = area.form;
  const place = document.createElement("div");
  place.className = "editor";
  area.before(place);

  const word = (token) => token.string && !/^[?$"'<]/.test(token.string);
  const complete = {
    name: "graph-terms",
    bulk: true,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => word(yasqe.getCompleteToken()),
    get: () => fetch(area.dataset.terms).then((answer) => answer.json()),
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
})();
