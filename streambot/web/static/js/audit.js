// The audit: its times are this machine's, as everywhere else on the desk.
import { begin } from "./plain.js";

await begin();
