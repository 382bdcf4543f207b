"""A mail server of a few lines, whose mood is set by the test."""

import socketserver
import threading
from email import message_from_bytes, policy


class ServeurSmtp:
    """``humeur``: "accepte", "muet" (never answers), "occupe" (450) or "refuse" (550)."""

    def __init__(self, humeur: str = "accepte"):
        self.humeur, self.recus, self.fin = humeur, [], threading.Event()
        exterieur = self

        class Echange(socketserver.StreamRequestHandler):
            def handle(self):
                exterieur.converser(self.rfile, self.dire)

            def dire(self, ligne):
                self.wfile.write(f"{ligne}\r\n".encode())

        self.serveur = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echange)
        self.serveur.daemon_threads = True
        self.port = self.serveur.server_address[1]

    def converser(self, lignes, dire):
        if self.humeur == "muet":
            self.fin.wait(30)
            return
        dire("220 essai")
        for brute in lignes:
            ordre = brute.decode().upper()
            if ordre.startswith("DATA"):
                dire("354 allez")
                corps = b""
                while (ligne := lignes.readline()) not in {b".\r\n", b""}:
                    corps += ligne
                self.recus.append(message_from_bytes(corps, policy=policy.default))
                dire("250 pris")
            elif ordre.startswith("RCPT") and self.humeur != "accepte":
                dire("450 plus tard" if self.humeur == "occupe" else "550 inconnu")
            elif ordre.startswith("QUIT"):
                dire("221 au revoir")
                return
            else:
                dire("250 bien")

    def __enter__(self):
        threading.Thread(target=self.serveur.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_args):
        self.fin.set()
        self.serveur.shutdown()
        self.serveur.server_close()
