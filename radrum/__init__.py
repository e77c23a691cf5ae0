"""rådrum: the working platform of a national support function for responsible internationalisation."""
