// Load the adapters when an event may be sent. A failed request can be repeated.
let coming;
function fetchTools() {
  coming ??= window.storegen.load(LAZY).then(start, () => (coming = undefined));
}
