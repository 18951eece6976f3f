"""The PDF signature (PAdES baseline B-B, ETSI EN 319 142-1): offline, no time stamp, nothing fetched."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.report.signature import Signature
from genoai_desktop.report.signing.certificate import Certificate
from genoai_desktop.report.signing.verify import quiet

FIELD = "Signature"
_INVISIBLE = 132  # print and locked
_SIGNED_ONLY_APPENDED = 3


def sealed(data: bytes, certificate: Certificate, signature: Signature) -> bytes:
    """The file with a certifying signature that allows no later change.

    The time inside is this machine's clock; ``signature.signed_at`` is what the pages say.

    Raises:
        UserError: the certificate cannot sign.
    """
    from pyhanko.sign import fields, signers

    quiet()
    signer = signers.SimpleSigner.load_pkcs12_data(
        certificate.data, [], certificate.passphrase.encode("utf-8") or None
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=signature.name,
        reason=_reason(signature),
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
        signer_key_usage={"digital_signature"} if _has_usage(signer, "digital_signature") else set(),
    )
    writer = _writer(_with_field(data, signature))
    try:
        out = signers.PdfSigner(meta, signer).sign_pdf(writer, existing_fields_only=True)
    except Exception as error:
        raise UserError(
            tr("The certificate could not sign the document."),
            remedy=tr("Try another certificate; the document is not signed."),
            code="sign.failed",
        ) from error
    return bytes(out.getbuffer())


def _writer(data: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class _KeepsMetadata(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """The library would write the metadata anew, without the statement and the PDF/UA mark."""

    return _KeepsMetadata(BytesIO(data))


def _has_usage(signer: object, usage: str) -> bool:
    value = getattr(signer, "signing_cert").key_usage_value  # noqa: B009 - untyped library
    return value is not None and usage in value.native


def _reason(signature: Signature) -> str:
    if signature.amendment is None:
        return f"{signature.role}. SHA-256 {signature.content_sha256}"
    told = signature.amendment
    return (
        f"{signature.role}. Version {told.version}, in place of {told.previous_sha256}: {told.reason}. "
        f"SHA-256 {signature.content_sha256}"
    )


def _with_field(data: bytes, signature: Signature) -> bytes:
    """An empty, invisible signature field on the last page, in the structure as PDF/UA-1 7.18 asks."""
    with Pdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[-1]
        name = tr("Signature of {name}, {role}", name=signature.name, role=signature.role)
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(name),
                Rect=Array([0, 0, 0, 0]),
                F=_INVISIBLE,
                P=page.obj,
            )
        )
        page.obj.Annots = pdf.make_indirect(Array([field]))
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=Array([field]), SigFlags=_SIGNED_ONLY_APPENDED)
        )
        _into_structure(pdf, field, page.obj, name)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _into_structure(pdf: Pdf, field: pikepdf.Object, page: pikepdf.Object, name: str) -> None:
    tree = pdf.Root.StructTreeRoot
    document = tree.K
    number = int(tree.ParentTreeNextKey)
    reference = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
    form = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Pg=page, Alt=String(name), K=reference)
    )
    document.K.append(form)
    field.StructParent = number
    tree.ParentTree.Nums.append(number)
    tree.ParentTree.Nums.append(form)
    tree.ParentTreeNextKey = number + 1
