import { title } from "@ui";

document.body.textContent = `${title(true)} ${__VERSION__} ${__MODE__}`;
