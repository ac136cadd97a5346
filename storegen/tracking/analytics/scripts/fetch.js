// The tools' words come once a tool may be told something, and are asked for again where they did not.
let coming;
function fetchTools() {
  coming ??= window.storegen.load(LAZY).then(start, () => (coming = undefined));
}
