"""Tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1) for a writer that cannot tag.

``nodes`` is the tree of what a document says, made with the flowables and so before a page is laid out;
``marks`` writes into the pages which drawing belongs to which node; ``finish`` puts the tree, the language
and the metadata into the finished file.
"""
