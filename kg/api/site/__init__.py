"""What the pages of the site show, as plain data: each function takes the graph and gives what JSON can hold."""
