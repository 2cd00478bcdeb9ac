// Sets up Yasgui for this endpoint alone: nothing is asked of other hosts.
const place = document.getElementById("yasgui");
const endpoint = new URL("sparql", document.baseURI).href;
Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables"];
Yasgui.Yasqe.defaults.value = place.dataset.query;
const yasgui = new Yasgui(place, {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: null,
});
const asked = new URLSearchParams(location.search).get("query");
if (asked) yasgui.getTab().getYasqe().setValue(asked);
