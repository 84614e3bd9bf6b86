// What stands on top of paper, where the bar with the product's name and the address of the page are not.

import { Logo } from "../shell/top.tsx";
import "../styles/print_head.css";

export const PrintHead = ({ title }: { title: string }) => (
  <div className="print-head" aria-hidden>
    <p className="name">
      <Logo /> Leadledger
    </p>
    <p className="title">{title}</p>
    <p className="address">{window.location.href}</p>
  </div>
);
