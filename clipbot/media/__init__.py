"""Files with pictures and sound: probing, encoding, splicing, measuring."""
