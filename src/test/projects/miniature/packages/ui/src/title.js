import { clsx } from "clsx";

export const title = (open) => clsx("miniature", { open });
