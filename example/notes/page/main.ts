import { clsx } from "clsx";

const names: string[] = await (await fetch("/notes")).json();
document.body.className = clsx("notes", { empty: names.length === 0 });
document.body.innerText = names.length === 0 ? "no notes" : names.join("\n");
