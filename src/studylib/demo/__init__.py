"""
The default study's records: synthetic, drawn by a seed, calibrated to published totals.

    published/eurostat_*.csv  --calibrate-->  slots (region, year, section)   exact quotas
    demo/themes.csv           --technology->  IPC symbols of a slot           drawn
    syllables                 --names,places,parties-->  inventors, applicants  drawn, invented
    a short list              --dirt------->  what real exports do to a reader
                              --regpat_files->  data/raw/demo/regpat/*.txt

484 applications have an inventor in Aquitaine or Euskadi, 6,000 in the comparison areas and the
rest of France and Spain.  How many, when, where and in which IPC section follows Eurostat;
everything below that is invented, and no finding about real firms or places can rest on it.

Records are drawn one by one, each with dice of its own name: changing one rule leaves the
records it does not touch as they were.  ``python -m studylib.demo`` writes the files again,
byte for byte.
"""

from studylib.demo.generate import SEED, generate, records

__all__ = ["SEED", "generate", "records"]
