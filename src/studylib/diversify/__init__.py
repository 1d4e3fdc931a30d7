"""
Smart diversification: where a territory is specialised, what lies near, what the neighbour adds.

    specialisation     RTA against a named outside reference, with its interval and its prior
    relatedness        how often two technologies are held by the same regions
    density            how much of what is near a technology a region already holds
    entry              whether that foretells anything, out of sample
    complementarity    what the other side of the border adds to density
    complexity         only from a wide corpus, in two definitions
    enablers           which technologies the KETs come with, and whether more than by chance
    eurostat_sections  the published totals of all applications, by section of the IPC
    fp7                observed co-operation of border areas: joint projects

Formulas are functions of arrays; questions are functions of an opened study.
"""
