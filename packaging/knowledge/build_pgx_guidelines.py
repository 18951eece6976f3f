"""Compile CPIC and DPWG recommendations into codes and figures; no sentence of the sources is kept.

From each source row: the results it applies to, the population, the strength, the kinds of action that its
text names (by key words, in order), the kinds of effect, and every dose figure with its unit.
"""

import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document

ORIGIN = Origin(
    "CPIC and DPWG guideline annotations of ClinPGx",
    "2024-04-23",
    "CPIC CC0 1.0; DPWG/ClinPGx CC BY-SA 4.0 (facts)",
    "packaging/knowledge/build_pgx_guidelines.py",
    description="Recommendations as codes: results, action, strength, population, dose figures",
)

NUMBER = r"\d+(?:[.,]\d+)?"
FIGURE = re.compile(
    rf"(?P<bound>[≤≥<>=]\s*)?(?P<value>{NUMBER}(?:\s*[-–]\s*{NUMBER})?(?:%\s*[-–]\s*{NUMBER}(?=%))?"
    rf"(?:\s*%?\s*to\s*{NUMBER}(?=\s*-?(?:%|fold|times|mg)))?)\s*-?"
    r"(?P<unit>%|ng/m[lL]|mg/m2/day|mg/kg per day|mg/kg/day|mg/m2|mg/kg|mg/day|mg per day|"
    r"mg/L|mg|µg|mcg|fold|times|x\b)"
)
ACTIONS = (
    (
        "none",
        r"not provide a recommendation|^no recommendation|could not be assigned|not a valid input|"
        r"genotype result is not available\.?$|no .{3,12}genotype (?:is )?available",
    ),
    (
        "avoid",
        r"(?<!reason to )(?<!need to )(?<!possible to )\bavoid\b(?! moderate and strong| adverse)|"
        r"contra-?indicated|do not (?:use|select|prescribe)|"
        r"(?:is|are) not recommended|should not be used|not use \w+",
    ),
    (
        "alternative",
        r"(?:select|choose|prescribe|consider|use)(?: an?)?(?: different| clinically appropriate)?"
        r" (?:alternative|non-|secondary|another)|alternative (?:drug|therapy|agent|antidepressant|"
        r"medication|anti\w+)|if an alternative is|different antifungal|prasugrel or ticagrelor",
    ),
    (
        "reduce",
        r"reduc(?:e|ing) (?:(?:the|starting|daily|initial|frequency|\w+) ){0,3}(?:dos|by \d)|"
        r"reduce (?:to|starting|initial)|reduced (?:starting |initial |\w+ )?dos|(?:dose|%) reduction|"
        r"reduction (?:of|in) (?:\w+ ){0,4}dos|decreased dose|lower (?:dose|starting|maintenance|target)|"
        r"low dose|(?:\d+\s*[-–]\s*)?\d+\s?% of (?:the )?(?:standard|normal|usual|lowest|starting)|"
        r"\d% (?:less|lower)|no more than|do not exceed|"
        r"(?:≤|<)\s*\d+\s*mg|limit dose|slower titration|smaller steps|initiate dose at 10 mg/m2|"
        r"should not exceed|administer no more|use half|with lowest recommended|"
        r"(?:recommended )?initial dose is \d",
    ),
    (
        "increase",
        r"increas(?:e|ing) (?:the |starting |target |dose|initial|daily|maintenance)|higher (?:target |"
        r"starting |maintenance )?dose|dose that is|dose in"
        r"crease|times (?:the )?(?:standard|normal|usual)|double the|"
        r"\d-?fold higher|titrat\w+ to a higher",
    ),
    (
        "measure",
        r"must be measured|determine the (?:residual|\w+ plasma)|plasma concentration|"
        r"therapeutic drug monitoring|evaluat\w+ (?:erythrocyte|TPMT)",
    ),
    ("monitor", r"be alert|monitor|cautio|weigh the risk|advise|be aware|at increased risk"),
    (
        "usual",
        r"no action|label recommended|(?:recommended|standard|usual|normal|desired|typical)"
        r"(?: of care)?(?: \w+)? dos|per standard|no reason to (?:avoid|withhold)|standard dosing|"
        r"no adjustment|use .{3,60} per|average recommended|no need to avoid|"
        r"product label|initiate therapy with (?:recommended|standard)",
    ),
)
EFFECTS = (
    ("reaction", r"SJS|TEN\b|hypersensitivity|DRESS|maculopapular|SCAR|(?<!per)cutaneous"),
    ("hearing", r"hearing|ototox"),
    ("hemolysis", r"hemoly|anemia|haemoly"),
    ("hyperthermia", r"malignant hyperthermia|MHS"),
    ("bleeding", r"bleed"),
    ("myelosuppression", r"myelosuppression|leukop|neutrop|leucop"),
    ("myopathy", r"(?:increased|higher|elevated|unknown) .{0,20}myopathy"),
    ("toxicity", r"toxic|side effect|adverse(?! cardiovascular| cardiac)|overdos|arrhythm|QT"),
    (
        "efficacy_lower",
        r"(?:reduc\w+|diminish\w+|lower|decreas\w+|lack of|poor\w*|insufficient|sub-?optimal|"
        r"less) .{0,40}(?:effic|effect|response|analges|benefit|platelet inhib)|therapeutic failure|"
        r"non-?respon|failure",
    ),
    (
        "exposure_higher",
        r"(?:higher|increas\w+|elevat\w+) .{0,40}(?:concentration|exposure|level|formation|plasma)|"
        r"reduc\w+ (?:clearance|metabolism)|slower metabolism|decreased metabolism",
    ),
    (
        "exposure_lower",
        r"(?:lower|decreas\w+|reduc\w+) .{0,40}(?:concentration|exposure|level|formation)|"
        r"increas\w+ (?:clearance|metabolism)|faster metabolism|rapid metabolism",
    ),
    ("typical", r"\b(?:normal|typical|expected|average)\b|low or reduced risk|no increased|not at increased"),
    ("unknown", r"n/a|unknown|insufficient (?:evidence|data)|no data|not provide|uncertain"),
)


def plain(text: str) -> str:
    """HTML to one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def figures(text: str) -> list[list[str]]:
    """Every dose figure as kind and text, in order, each once."""
    found: list[list[str]] = []
    for match in FIGURE.finditer(text):
        before, after = text[: match.start()][-60:].lower(), text[match.end() :][:40].lower()
        bound = (match["bound"] or "").strip()
        value = re.sub(r"\s+", "", match["value"]).replace(",", ".").replace("–", "-").replace("%", "")
        value = value.replace("to", "-")
        unit = {"fold": "times", "x": "times", "mcg": "µg", "mg per day": "mg/day", "ng/ml": "ng/mL",
                "mg/kg per day": "mg/kg/day"}.get(match["unit"], match["unit"])  # fmt: skip
        entry = [_kind(before, after, bound, unit), f"{bound}{value} {unit}"]
        if entry not in found:
            found.append(entry)
    return found


def _kind(before: str, after: str, bound: str, unit: str) -> str:
    if unit == "ng/mL":
        return "level"
    if unit == "%":
        if re.match(r"\s*(?:(?:dose )?reduction|less|lower)", after) or re.search(
            r"(?:reduc\w+|decreas\w+)[^.%]* by [^.%]*$", before
        ):
            return "reduce_by"
        if re.match(r"\s*of (?:the )?(?:\w+ )?max", after):
            return "share_of_maximum"
        if re.match(r"\s*of (?:the |normal|starting)", after) or re.search(
            r"(?:to|with|use) (?:a )?$", before
        ):
            asked = re.search(
                r"(?:use|start|initiate|to|with|at|than|doses?:?)(?: an?| approximately| no more than)?\W*$",
                before,
            )
            return "share_of" if asked or not before else "mentioned"
        if re.search(r"increas[^.%]*$", before):
            return "increase_by"
        return "figure"
    if unit == "times":
        if re.search(r"reduc[^.]*$", before) and "10" in before + after:
            return "divide_by"
        if re.search(r"reduce[^.]* by $", before):
            return "divide_by"
        if re.match(r"\s*(?:per|a|daily|days)\b", after):
            return "frequency"
        compared = re.match(r"\s*(?:higher|lower|that|for)?\s*(?:risk|for these|for im|for pm)", after)
        return (
            "comparison" if compared or re.search(r"(?:risk|factor|concentration)[^.]*$", before) else "times"
        )
    if bound in ("≤", "=") or re.search(
        r"(?:exceed|no more than|limit dose to|maximum(?: of)?)[^.]*$", before
    ):
        return "at_most"
    if bound:
        return "threshold"
    return "start" if re.search(r"(?:initiate|start|dose of|dosing|titrat)[^.]*$", before) else "figure"


def codes(table: tuple[tuple[str, str], ...], text: str) -> list[str]:
    """Codes whose key words occur, in order of first occurrence."""
    hits = [(match.start(), code) for code, words in table if (match := re.search(words, text, re.I))]
    return [code for _, code in sorted(hits)]


def dose_factor(main: str, rows: list[list[str]]) -> str:
    """The first factor of the usual dose in the main advice: ``0.5``, ``0.3-0.8``; empty for none."""
    for kind, text in rows:
        value = text.split()[0].lstrip("≤≥<>=")
        parts = [float(part) for part in value.split("-")]
        if kind == "reduce_by":
            parts = sorted(1 - part / 100 for part in parts)
        elif kind == "share_of":
            parts = [part / 100 for part in parts]
            if max(parts) < _LEAST:
                continue
        elif kind == "increase_by":
            parts = [1 + part / 100 for part in parts]
        elif kind == "divide_by":
            parts = sorted(1 / part for part in parts)
        elif kind != "times":
            continue
        return "-".join(f"{part:.3g}" for part in parts)
    if re.match(r"use half of", main, re.I):
        return "0.5"
    return "2" if re.search(r"double the (?:standard )?dose", main, re.I) else ""


_LEAST = 0.05
"""A share of the dose below this is a case report's, not an advice."""
NO_ADVICE = re.compile(
    r"not possible to (?:offer|recommend|provide)|cannot be predicted|insufficient evidence in", re.I
)
NO_FACTOR = ("usual", "none", "monitor", "measure", "titrate")
PRIMARY = ("none", "avoid", "alternative", "reduce", "increase", "measure", "monitor", "usual")


def action_of(main: str) -> tuple[str, list[str]]:
    """The leading action of the first sentence that names one, and all actions in order."""
    steps = codes(ACTIONS, main)
    if re.match(r"initiate with a dose of \d", main, re.I):
        return "titrate", steps
    sentences = re.split(r"(?<=[.;:])\s+", main)
    for sentence in sentences:
        named = [] if NO_ADVICE.search(sentence) else codes(ACTIONS, sentence)
        if re.match(r"avoid\b", sentence, re.I) and "avoid" in named:
            return "avoid", steps
    for sentence in sentences:
        named = [] if NO_ADVICE.search(sentence) else codes(ACTIONS, sentence)
        if named and not (sentence.endswith(":") and set(named) <= {"monitor", "measure"}):
            return _later(_leading(named), main), steps
    return "none", steps


def _later(action: str, main: str) -> str:
    """A usual start that is followed by another dose is not the usual dose."""
    if action == "usual" and re.search(
        r"lower maintenance|slower titration|will not be required|\d% (?:less|reduction)", main, re.I
    ):
        return "then_reduce"
    if action == "usual" and re.search(
        r"higher (?:maintenance|target)|maintenance dose .{0,40}increas", main, re.I
    ):
        return "then_increase"
    return action


def _leading(named: list[str]) -> str:
    if named[0] in ("none", "reduce", "increase") or (named[0] == "usual" and "avoid" not in named):
        return named[0]
    return next((code for code in PRIMARY[1:] if code in named), "none")


def when_of(key: dict[str, Any]) -> tuple[dict[str, str], str]:
    """Lookup values as text, and a population that DPYD phenotyping rows imply."""
    found, population = {}, ""
    for gene, value in key.items():
        if isinstance(value, dict):
            names = [name for name, count in sorted(value.items()) for _ in range(int(count))]
            found[gene] = "/".join(names)
        else:
            text = str(value)
            if text.endswith("(Phenotyping)"):
                population = "phenotyping"
            found[gene] = re.sub(r"\s*\((?:Phenotyping|[\w ]*Metabolizer)\)$", "", text)
    return found, population


def row_of(guideline: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """One recommendation as codes."""
    text = plain(raw["text"]["html"])
    main = re.split(r"\bOther Considerations\b", text)[0]
    rows = figures(main)
    action, steps = action_of(main)
    when, phenotyping = when_of(raw["lookupKey"] or {})
    factor = dose_factor(main, rows) if action not in NO_FACTOR else ""
    return {
        "source": guideline["source"], "guideline": guideline["id"], "version": str(guideline["version"]),
        "url": guideline["url"], "drugs": sorted(c["name"] for c in raw["relatedChemicals"]),
        "when": when, "population": raw["population"] or phenotyping or "",
        "strength": (raw["classification"] or {}).get("term", "").replace("N/A", ""),
        "action": action, "steps": steps, "effects": codes(EFFECTS, plain(" ".join(raw["implications"]))),
        "figures": rows, "other_figures": [f for f in figures(text) if f[1] not in {r[1] for r in rows}],
        "dose_factor": factor, "conditional": bool(re.search(r"\bif\b", main, re.I)), "id": raw["id"],
    }  # fmt: skip


def rows(source: Path) -> list[dict[str, Any]]:
    """All rows, sorted."""
    found = []
    for path in sorted((source / "pgx" / "guidelines_2024-04").glob("*.json.gz")):
        with gzip.open(path) as handle:
            document = json.load(handle)
        found += [row_of(document["guideline"], raw) for raw in document["recommendations"]]
    return sorted(
        found, key=lambda r: (r["drugs"], r["source"], r["guideline"], sorted(r["when"].items()), r["id"])
    )


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_guidelines``."""
    found = rows(source)
    write_document("pgx_guidelines", found, len(found), ORIGIN, out)
