// npm runs this project's own `preinstall` only after its dependencies have been compiled, too late
// to name a missing compiler. The check is therefore a package of its own, whose `preinstall` npm runs
// first (see scripts/preflight/ and `install-links` in .npmrc); this file is for running it by hand.
import './preflight/preflight.mjs';
